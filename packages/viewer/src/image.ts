export { type PageImages, type PictureOptions, pageImages } from './image/page-images.ts';
